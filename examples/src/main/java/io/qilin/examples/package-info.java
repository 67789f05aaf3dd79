/**
 * Programs that run: the command line {@link io.qilin.examples.Qilin} and, to read first, {@code QuickStart}.
 */
@NullMarked
package io.qilin.examples;

import org.jspecify.annotations.NullMarked;
