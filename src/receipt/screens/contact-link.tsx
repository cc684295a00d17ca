/** @jsxImportSource preact */
const MAIL_ADDRESS = /^[^\s@:/?]+@[^\s@:/?]+$/;

/** A contact from a receipt: a link where it is a mail or web address, else its words. Written by others, so no other scheme is ever followed. */
export function ContactLink({ contact, children }: { readonly contact: string; readonly children?: string }) {
  const words = children ?? contact;
  const href = MAIL_ADDRESS.test(contact)
    ? `mailto:${contact}`
    : /^https?:\/\//.test(contact)
      ? contact
      : null;
  if (href === null) return <span>{words}</span>;
  return (
    <a className="contact-link" href={href} rel="noreferrer noopener">
      {words}
    </a>
  );
}
