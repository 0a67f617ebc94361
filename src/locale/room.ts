// What every language has to say: the keys and slots of a Dutch room, without its sentences. Knows no word.

/** A sentence that is missing, or that has other slots, is an error of types. */
export type Room<Dutch> = Dutch extends string
  ? string
  : Dutch extends RegExp
    ? RegExp
    : Dutch extends (...slots: infer Slots) => infer Said
      ? (...slots: Slots) => Room<Said>
      : Dutch extends readonly (infer One)[]
        ? Room<One>[]
        : Dutch extends object
          ? { [Key in keyof Dutch]: Room<Dutch[Key]> }
          : Dutch;
