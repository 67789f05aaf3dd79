/** Judges how far bars can be trusted: start with {@link io.qilin.data.quality.QualityGate}. */
@NullMarked
package io.qilin.data.quality;

import org.jspecify.annotations.NullMarked;
