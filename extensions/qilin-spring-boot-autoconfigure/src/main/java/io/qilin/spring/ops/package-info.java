/**
 * Health, guards, quotas, life cycle and metrics as beans. Start at {@link io.qilin.spring.ops.OpsAutoConfiguration}.
 */
@NullMarked
package io.qilin.spring.ops;

import org.jspecify.annotations.NullMarked;
