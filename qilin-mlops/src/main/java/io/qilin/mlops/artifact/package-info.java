/**
 * Files of experiments and models, kept by what is in them. Start at {@link io.qilin.mlops.artifact.ArtifactStore}.
 */
@NullMarked
package io.qilin.mlops.artifact;

import org.jspecify.annotations.NullMarked;
