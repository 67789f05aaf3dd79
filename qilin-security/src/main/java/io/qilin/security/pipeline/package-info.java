/**
 * The zero-trust pipeline: start with {@link io.qilin.security.pipeline.SecurityPipeline}. Every call proves who it is, from
 * where and for what, anew; what cannot be proved is refused.
 */
@NullMarked
package io.qilin.security.pipeline;

import org.jspecify.annotations.NullMarked;
