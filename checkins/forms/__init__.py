from .reminders import SendNowForm as SendNowForm
