/// Selling: accounts, contacts, products, and the pipeline of deals. Its entities are in the solution files.
@NullMarked
package io.relata.sales;

import org.jspecify.annotations.NullMarked;
