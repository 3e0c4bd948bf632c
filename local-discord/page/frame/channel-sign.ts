import { html } from "htm/preact";
import type { ClientChannel, ClientThread } from "../../src/client-protocol.ts";
import { channelType } from "../discord.ts";
import type { Texts } from "../texts/en.ts";
import { forumIcon, hashIcon, lockIcon, threadIcon } from "../view/icons.ts";
import { useViewContext } from "../view/view-context.ts";

type AnyChannel = ClientChannel | ClientThread;

/** The sign in front of a channel's or a thread's name: a lock for private threads. */
export function ChannelSign({ channel, size = 20 }: { channel: AnyChannel; size?: number }) {
  if (channel.type === channelType.guildForum) return forumIcon(size);
  if (channel.type === channelType.privateThread) return lockIcon(size);
  return "parent_id" in channel ? threadIcon(size) : hashIcon(size);
}

/** The marks behind a channel's or a thread's name: that it is age-restricted, locked or archived. */
export function ChannelMarks({ channel }: { channel: AnyChannel }) {
  const { texts } = useViewContext();
  const { ageRestricted } = texts;
  const isPrivate = channel.type === channelType.privateThread;
  return html`
    ${isPrivate && html`<span class="visually-hidden">${texts.threads.private}</span>`}
    ${channel.nsfw && html`<span class="channel-mark age" title=${ageRestricted}><span class="visually-hidden">${ageRestricted}</span></span>`}
    ${stateOf(channel, texts).map((mark) => html`<span key=${mark} class="channel-mark">${mark}</span>`)}
  `;
}

/** Returns the name of a channel or thread with what its sign and its marks mean, for screen readers. */
export function fullNameOf(channel: AnyChannel, texts: Texts): string {
  const isPrivate = channel.type === channelType.privateThread;
  const marks = [isPrivate && texts.threads.private, channel.nsfw && texts.ageRestricted];
  return [channel.name, ...marks.filter((mark) => mark !== false), ...stateOf(channel, texts)].join(", ");
}

function stateOf(channel: AnyChannel, { threads }: Texts): string[] {
  if (!("parent_id" in channel)) return [];
  const { locked, archived } = channel;
  return [locked && threads.locked, archived && threads.archived].filter((mark) => mark !== false);
}
