/** Shared by the packages of this module; not for users. */
@NullMarked
package io.qilin.security.internal;

import org.jspecify.annotations.NullMarked;
