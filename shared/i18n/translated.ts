/** A table of texts in another language: the same keys, none missing and none besides. */
export type Translated<T> = T extends string ? string : { readonly [Key in keyof T]: Translated<T[Key]> };
