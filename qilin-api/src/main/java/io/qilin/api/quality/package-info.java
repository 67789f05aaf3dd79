/** Words for data quality: start with {@link io.qilin.api.quality.QualityReport}. */
@NullMarked
package io.qilin.api.quality;

import org.jspecify.annotations.NullMarked;
