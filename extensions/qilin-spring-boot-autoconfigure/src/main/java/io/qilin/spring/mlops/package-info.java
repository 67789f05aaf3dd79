/**
 * Models, experiments and training jobs as beans. Start at {@link io.qilin.spring.mlops.MlopsAutoConfiguration}.
 */
@NullMarked
package io.qilin.spring.mlops;

import org.jspecify.annotations.NullMarked;
