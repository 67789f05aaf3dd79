/**
 * Who may do what: roles, permissions and conditions as data, denied unless allowed. Start with {@link
 * io.qilin.security.access.AccessControl}.
 */
@NullMarked
package io.qilin.security.access;

import org.jspecify.annotations.NullMarked;
