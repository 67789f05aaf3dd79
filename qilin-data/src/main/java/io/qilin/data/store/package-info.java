/**
 * Factors kept in files, so that what was computed once is read the next time, and joins that see only what was known:
 * start with {@link io.qilin.data.store.FeatureStore} and {@link io.qilin.data.store.PointInTimeJoin}.
 */
@NullMarked
package io.qilin.data.store;

import org.jspecify.annotations.NullMarked;
