/**
 * A disk in memory that fails when told to, and that loses what was not forced when its power is cut: {@link
 * io.qilin.testkit.fault.FaultDisk}. For tests of everything that keeps files through {@code java.nio.file}.
 */
@NullMarked
package io.qilin.testkit.fault;

import org.jspecify.annotations.NullMarked;
