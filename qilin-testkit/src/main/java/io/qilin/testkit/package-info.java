/**
 * For those who implement Qilin's interfaces, and for Qilin's own tests: contracts as test classes, small panels, a
 * clock moved by hand. Start with the {@code …Tck} class of the interface that you implement.
 */
@NullMarked
package io.qilin.testkit;

import org.jspecify.annotations.NullMarked;
