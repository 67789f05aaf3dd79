/**
 * Model bundles: a model with its features, processor parameters and golden rows in one folder or zip file, which does not load
 * unless everything in it is as it was. Start at {@link io.qilin.mlops.bundle.Bundle}.
 */
@NullMarked
package io.qilin.mlops.bundle;

import org.jspecify.annotations.NullMarked;
