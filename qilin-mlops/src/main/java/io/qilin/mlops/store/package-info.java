/**
 * Where experiments, models, jobs, A/B tests and online learning keep their state: one SQLite file, or a database of the host.
 * Start at {@link io.qilin.mlops.store.Database}.
 */
@NullMarked
package io.qilin.mlops.store;

import org.jspecify.annotations.NullMarked;
