// Why a document cannot be read at all. Knows no kind of document.

/** The message is a Dutch sentence that says what to do. */
export class DocumentError extends Error {}
