/**
 * Qilin's tables as vectors of Arrow Java, and back: start with {@link io.qilin.arrow.ArrowBridge}. Arrow files and
 * streams need none of this: {@code io.qilin.data.arrow} reads and writes them without Arrow Java and its flags.
 */
@NullMarked
package io.qilin.arrow;

import org.jspecify.annotations.NullMarked;
