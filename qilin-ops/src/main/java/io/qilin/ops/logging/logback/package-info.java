/** What writes lines with Logback: start with {@link io.qilin.ops.logging.logback.SampledAppender}. */
@NullMarked
package io.qilin.ops.logging.logback;

import org.jspecify.annotations.NullMarked;
