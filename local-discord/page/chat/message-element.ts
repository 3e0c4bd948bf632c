/** The element of a message, by the id of the message. */
export const messageElement = {
  idOf: (messageId: string): string => `message-${messageId}`,
  find: (messageId: string): HTMLElement | null => document.getElementById(`message-${messageId}`),
};
