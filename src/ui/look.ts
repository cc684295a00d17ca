/** How every page looks, without a component: for a page that comes without React. */
import './tokens.css';
import './base.css';
import './button.css';
