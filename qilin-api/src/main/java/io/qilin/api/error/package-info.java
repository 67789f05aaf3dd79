/** The one exception and its codes: {@link io.qilin.api.error.QilinException}. */
@NullMarked
package io.qilin.api.error;

import org.jspecify.annotations.NullMarked;
