/** A UUID as PostgreSQL takes it, in the middle of an expression: the hyphens where they belong, any version. */
export const uuidPattern = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
