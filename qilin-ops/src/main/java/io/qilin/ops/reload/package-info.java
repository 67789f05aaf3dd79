/** Configuration that is read again when its files change: start with {@link io.qilin.ops.reload.LiveConfig}. */
@NullMarked
package io.qilin.ops.reload;

import org.jspecify.annotations.NullMarked;
