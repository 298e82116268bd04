package io.relata.core.metadata.type;

/// In what form a value comes.
public enum Form {
    /// A scalar as JSON has it, or a value of the field's own Java type.
    JSON,
    /// A text out of a file: also `yes` and `no`, and an option's label.
    TEXT
}
