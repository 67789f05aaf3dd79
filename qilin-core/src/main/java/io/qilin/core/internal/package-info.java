/** What several packages of the core share: start with {@link io.qilin.core.internal.Normal}. */
@NullMarked
package io.qilin.core.internal;

import org.jspecify.annotations.NullMarked;
