/**
 * What a stream is read from and written to, for others to implement: start with {@link
 * io.qilin.api.stream.StreamSource} and {@link io.qilin.api.stream.StreamSink}.
 */
@NullMarked
package io.qilin.api.stream;

import org.jspecify.annotations.NullMarked;
