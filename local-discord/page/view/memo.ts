import { html } from "htm/preact";
import { Component, type FunctionComponent, type VNode } from "preact";

/** Makes a component that renders again only when a prop changes, which keeps long lists fast. */
export function memo<Props extends object>(render: FunctionComponent<Props>) {
  return class Memo extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      return differ(this.props, next);
    }

    override render(): VNode {
      return html`<${render} ...${this.props} />`;
    }
  };
}

function differ(a: object, b: object): boolean {
  const props = Object.entries(b);
  return (
    props.length !== Object.keys(a).length ||
    props.some(([name, value]) => !Object.is(value, Reflect.get(a, name)))
  );
}
