/// Who may do what with which records: roles, units, teams, sharing.
@NullMarked
package io.relata.core.access;

import org.jspecify.annotations.NullMarked;
