/** What packages of this module share and no other module uses: {@link io.qilin.ops.internal.OneCall}. */
@NullMarked
package io.qilin.ops.internal;

import org.jspecify.annotations.NullMarked;
