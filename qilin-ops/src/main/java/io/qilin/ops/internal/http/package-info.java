/** Calls over HTTP that end and stay small: start with {@link io.qilin.ops.internal.http.BoundedCall}. */
@NullMarked
package io.qilin.ops.internal.http;

import org.jspecify.annotations.NullMarked;
