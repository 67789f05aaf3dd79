/** What the packages of this module share. Not for use from outside. */
@NullMarked
package io.qilin.mlops.internal;

import org.jspecify.annotations.NullMarked;
