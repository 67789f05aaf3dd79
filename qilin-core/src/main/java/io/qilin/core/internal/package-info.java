/** What several packages of this module share and nobody else may use. */
@NullMarked
package io.qilin.core.internal;

import org.jspecify.annotations.NullMarked;
