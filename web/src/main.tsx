import { createRoot } from 'react-dom/client';
import './styles/purse.scss';
import { App } from './app';

// The design system's own scripts ask for these before they start.
document.body.classList.add('js-enabled', 'nhsuk-frontend-supported');

createRoot(document.getElementById('purse')!).render(<App />);
