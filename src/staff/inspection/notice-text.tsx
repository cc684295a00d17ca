import type { NoticeDetail, NoticeTexts } from '#consent';

/** A notice in the order in which a visitor meets it, with the buttons. */
export function NoticeText({ texts }: { readonly texts: NoticeTexts }) {
  const { title, who, what, why, howLong, demographics, details } = texts;
  return (
    <>
      <h4>{title}</h4>
      <Details details={[who, what, why, howLong, demographics]} />
      <Answers labels={[texts.decline, texts.agree]} />
      <Details details={details} />
      <h5>{texts.ageQuestion}</h5>
      <Answers labels={[texts.younger, texts.older]} />
      <h5>{texts.guardianQuestion}</h5>
      <Answers labels={[texts.guardianAgree]} />
    </>
  );
}

function Details({ details }: { readonly details: readonly NoticeDetail[] }) {
  return (
    <dl>
      {details.map(({ question, answer }) => (
        <div key={question}>
          <dt>{question}</dt>
          <dd>{answer}</dd>
        </div>
      ))}
    </dl>
  );
}

function Answers({ labels }: { readonly labels: readonly string[] }) {
  return (
    <ul className="notice-answers">
      {labels.map((label) => (
        <li key={label}>{label}</li>
      ))}
    </ul>
  );
}
