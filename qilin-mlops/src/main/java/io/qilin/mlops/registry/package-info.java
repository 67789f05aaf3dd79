/**
 * The registry of models that lives in a {@link io.qilin.mlops.store.Database} and an {@link
 * io.qilin.mlops.artifact.ArtifactStore}, and the policy by which a version earns its way into production. Start at {@link
 * io.qilin.mlops.registry.EmbeddedRegistry} and {@link io.qilin.mlops.registry.PromotionPolicy}.
 */
@NullMarked
package io.qilin.mlops.registry;

import org.jspecify.annotations.NullMarked;
