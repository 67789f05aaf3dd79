/** What the packages of this module share; no other module uses it. */
@NullMarked
package io.qilin.data.internal;

import org.jspecify.annotations.NullMarked;
