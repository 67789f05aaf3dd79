/** Progress and cancellation of long work. */
@NullMarked
package io.qilin.api.progress;

import org.jspecify.annotations.NullMarked;
