/**
 * Experiments without a server. Start at {@link io.qilin.mlops.tracking.EmbeddedTracker}.
 */
@NullMarked
package io.qilin.mlops.tracking;

import org.jspecify.annotations.NullMarked;
