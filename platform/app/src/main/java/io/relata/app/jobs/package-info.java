/// Work in the background over HTTP: asked for, watched, cancelled, its files fetched.
@NullMarked
package io.relata.app.jobs;

import org.jspecify.annotations.NullMarked;
