/** Suggestions for misspelt names. */
@NullMarked
package io.qilin.core.internal.name;

import org.jspecify.annotations.NullMarked;
