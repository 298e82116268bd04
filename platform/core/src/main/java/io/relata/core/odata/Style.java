package io.relata.core.odata;

/// How an answer is written.
///
/// @param links where it goes on
record Style(ODataFormat format, NextLinks links) {

    /// Returns whether anything is said besides the data.
    boolean remarks() {
        return format.remarks() != ODataFormat.Remarks.NONE;
    }

    /// Returns whether everything is said besides the data.
    boolean full() {
        return format.remarks() == ODataFormat.Remarks.FULL;
    }

    boolean numbersAsText() {
        return format.numbersAsText();
    }
}
