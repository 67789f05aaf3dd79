/** Probes, metrics and diagnostics over the HTTP server of the JDK: start with {@link io.qilin.ops.http.OpsHandler}. */
@NullMarked
package io.qilin.ops.http;

import org.jspecify.annotations.NullMarked;
