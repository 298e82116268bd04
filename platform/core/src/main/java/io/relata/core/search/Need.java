package io.relata.core.search;

import java.util.List;

/// A word that is looked for, with all the ways to have it.
///
/// @param forms    none when the word has neither letter nor digit
/// @param absent   whether it must be in no text of the record
/// @param misspelt whether nothing has the word, so that words like it stand here
record Need(String text, List<Form> forms, boolean absent, boolean misspelt) {

    Need {
        forms = List.copyOf(forms);
    }

    static Need of(Search.Word word) {
        return new Need(word.text(), Form.of(word.text()), word.absent(), false);
    }

    Need spelled(List<Form> others) {
        return new Need(text, others, absent, true);
    }
}
