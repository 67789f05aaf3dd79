/**
 * Tables in the Arrow IPC format, without Arrow's own library and the JVM flags that it needs: start
 * with {@link io.qilin.data.arrow.ArrowFileWriter}.
 */
@NullMarked
package io.qilin.data.arrow;

import org.jspecify.annotations.NullMarked;
