/** What several packages of the core share: start with {@link io.qilin.core.internal.ParallelWork}. */
@NullMarked
package io.qilin.core.internal;

import org.jspecify.annotations.NullMarked;
