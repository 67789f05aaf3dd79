/**
 * Tables in the Arrow IPC format, without Arrow's own library and the JVM flags that it needs: start with
 * {@link io.qilin.data.arrow.ArrowFormat} for files, {@link io.qilin.data.arrow.ArrowStreams} for anything else.
 */
@NullMarked
package io.qilin.data.arrow;

import org.jspecify.annotations.NullMarked;
