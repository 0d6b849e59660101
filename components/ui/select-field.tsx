import { Field } from './field.tsx';

/** A labelled choice of one among a few. */
export function SelectField(props: {
  label: string;
  value: string;
  options: readonly { id: string; name: string }[];
  onChange: (id: string) => void;
}) {
  return (
    <Field label={props.label}>
      {(control) => (
        <select
          {...control}
          className="field"
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        >
          {props.options.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
